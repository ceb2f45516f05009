"""Invented tables in the forms of the real ones: the countries Orlavia and Sund, their quarrels, their lists."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from sayso.check.tables.files import File
from sayso.check.tables.loading import load
from sayso.check.tables.table import Table
from sayso.errors import SaysoError

GED_14 = """\
id,year,month,day,country,type_of_violence,conflict_name,side_a,side_b,latitude,longitude,low_death,best_death,high_death
11.0,2014.0,3.0,5,Syria,State-based violence,Syria: Government,Government of Syria,IS,1.0,1.0,1.0,2.0,4.0
12.0,2014.0,3.0,6,Syria,Non-state violence,IS - Harbour Front,IS,"Harbour Front, Quay Guard",1.0,1.0,3.0,3.0,3.0
13.0,2014.0,4.0,,Syria,One-sided violence,IS - Civilians,IS,Civilians,1.0,1.0,5.0,6.0,6.0
"""
GED_41 = (
    """\
id,year,active_year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a_new_id,side_a,\
side_b_new_id,side_b,number_of_sources,source_article,source_headline,where_prec,where_coordinates,adm_1,adm_2,\
latitude,longitude,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,\
deaths_civilians,deaths_unknown,low,best,high
21,2016,1,1,1,Syria: Government,2,x,118,Government of Syria,3,IS,1,"""
    '"""Courier,2016-01-01,Two lines\nand a quote"""'
    """,\
h,1,Karsk town,Karsk Governorate,Karsk district,1,1,Syria,652,Middle East,1,1,2016-01-01,2016-01-01,2,2,8,0,10,12,15
22,2016,1,3,1,IS - Civilians,2,x,234,IS,9999,Civilians,1,x,h,1,Sund village,Karsk Governorate,,1,1,Syria,652,\
Middle East,1,2,2016-02-01,2016-02-03,0,0,7,0,7,7,7
"""
)
GED_49 = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_name,"
    "side_a,side_b,where_coordinates,adm_1,adm_2,country,date_start,date_end,deaths_civilians,best,high,low\n"
    "31,SYR-1,2020,1,Clear,2,1,1,x,x,IS,Harbour Front,Karsk town,,,Syria,2020-05-01 00:00:00.000,2020-05-02,0,3,4,2\n"
)
DYADIC = """\
dyad_id,conflict_id,location,side_a,side_a_id,side_a_2nd,side_b,side_b_id,side_b_2nd,incompatibility,territory_name,\
year,intensity_level,type_of_conflict,start_date,start_prec,start_date2,start_prec2,gwno_a,gwno_b,region,version
7,1,Syria,Government of Syria,118,,IS,234,,2,,2013,2,3,2013-05-02,1,2013-08-01,1,652,,2,24.1
7,1,Syria,Government of Syria,118,,IS,234,,2,,2014,2,3,2013-05-02,1,2013-08-01,1,652,,2,24.1
"""
ACLED = """\
event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,\
assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,\
geo_precision,source,source_scale,notes,fatalities,tags,timestamp
SYR1,05 March 2017,2017,1,Political violence,Explosions/Remote violence,Air/drone strike,\
Military Forces of Syria (2000-2024),,State forces,Islamic State (Syria),,Rebel group,10,,760,Middle East,Syria,\
Karsk,,,Karsk,1,1,1,Courier; Lantern,National,A note,4,,1
SYR2,2017-03-06,2017,1,Political violence,Battles,Armed clash,Islamic State (Syria),,2,Harbour Front,\
Quay Guard; Dockers,2,22,,760,Middle East,Syria,Karsk,,,Sund,1,1,1,Courier,National,A note,0,,1
"""
ACLED_OLD = """\
data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,\
assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,\
longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3
9,760,SYR9,9,09 May 2020,2020,1,Violence against civilians,Attack,Islamic State (Syria),,2,Civilians (Syria),,7,27,\
Middle East,Syria,Karsk,,,Karsk,1,1,1,Courier,National,A note,2,1,SYR
"""
EU_YAML = """\
---
eu_reference_number: EU.1.1
logical_id: '1'
remark: 'Date of listing: 4.3.2031'
regulations:
- regulation_type: amendment
  publication_date: '2035-05-31'
  programme: ORL
subject_type:
  code: person
name_aliases:
- whole_name: Timur HAMSHOV
  strong: true
- whole_name: Old Tim
  strong: false
"""
EU_AMENDED = """\
---
eu_reference_number: EU.1.2
regulations:
- publication_date: '2035-05-31'
  entry_into_force_date: '2035-06-01'
  programme: ORL
subject_type:
  code: enterprise
name_aliases:
- whole_name: Karsk Harbour Trading LLC
  regulation_summaries:
  - publication_date: '2033-02-01'
"""
EU_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2036-01-02T10:00:00.000+01:00" globalFileId="1">
 <sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.2.1" logicalId="2">
  <remark>Date of listing: 01.12.2032</remark>
  <regulation publicationDate="2035-01-01" entryIntoForceDate="2035-01-02" programme="SND" numberTitle="1/2"/>
  <subjectType code="person"/>
  <nameAlias wholeName="Pia Holm" strong="true"><regulationSummary publicationDate="2035-01-01"/></nameAlias>
 </sanctionEntity>
 <sanctionEntity euReferenceNumber="EU.2.2" logicalId="3"><regulation programme="SND"/></sanctionEntity>
</export>
"""
SDN = """\
36,"KARSK AIR LINES",-0- ,"ORLAVIA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
41,"DOHL, Mira","individual","ORLAVIA] [SND",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1 Jan 2000; a.k.a. 'MD'."
\x1a
"""
ALT = """\
36,12,"aka","AIR KARSK",-0-
41,13,"fka","REYK, Mira",-0-
"""
ADD = '36,25,-0- ,"Karsk","Orlavia",-0- \n'
SDN_XML = """\
<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://tempuri.org/sdnList.xsd">
 <publshInformation><Publish_Date>01/15/2035</Publish_Date><Record_Count>1</Record_Count></publshInformation>
 <sdnEntry><uid>41</uid><firstName>Mira</firstName><lastName>DOHL</lastName><sdnType>Individual</sdnType>
  <programList><program>ORLAVIA</program></programList>
  <akaList><aka><uid>1</uid><type>a.k.a.</type><category>weak</category><lastName>THE QUAY</lastName></aka></akaList>
 </sdnEntry>
</sdnList>
"""
UN_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2036-02-27T00:00:09.554Z"><INDIVIDUALS><INDIVIDUAL>
 <DATAID>1</DATAID><FIRST_NAME>TOM</FIRST_NAME><SECOND_NAME>REYK</SECOND_NAME><UN_LIST_TYPE>Orlavia</UN_LIST_TYPE>
 <REFERENCE_NUMBER>ORi.001</REFERENCE_NUMBER><LISTED_ON>2033-04-05</LISTED_ON>
 <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Ferryman</ALIAS_NAME></INDIVIDUAL_ALIAS>
 <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Thomas Reyk</ALIAS_NAME></INDIVIDUAL_ALIAS>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY>
 <DATAID>2</DATAID><FIRST_NAME>DOCK WATCH (DW)</FIRST_NAME><UN_LIST_TYPE>Orlavia</UN_LIST_TYPE>
 <REFERENCE_NUMBER>ORe.001</REFERENCE_NUMBER><LISTED_ON>2034-01-01</LISTED_ON>
</ENTITY></ENTITIES></CONSOLIDATED_LIST>
"""
FTM = """\
{"id": "S1", "schema": "Sanction", "properties": {"entity": ["P1"], "authority": ["Sund Council"], \
"listingDate": ["2034-01-01", "2033-05-06"], "program": ["ORL"]}}
{"id": "P1", "schema": "Person", "properties": {"name": ["Ann Lee"], "weakAlias": ["Annie"], "topics": ["sanction"]}}
{"id": "P2", "schema": "Person", "properties": {"name": ["Ann Ray"], "topics": ["sanction"]}}
"""

EU_CSV = (
    "\ufeff"
    """\
fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;\
Entity_DesignationDetails;Entity_Remark;Entity_SubjectType;Entity_SubjectType_ClassificationCode;\
Entity_Regulation_Type;Entity_Regulation_PublicationDate;Entity_Regulation_EntryIntoForceDate;\
Entity_Regulation_NumberTitle;Entity_Regulation_Programme;NameAlias_LastName;NameAlias_FirstName;NameAlias_MiddleName;\
NameAlias_WholeName;NameAlias_NameLanguage;NameAlias_Regulation_PublicationDate;Address_City
02/01/2036;4;EU.4.1;;;;Date of listing: 7.8.2031;P;person;amendment;2035-05-31;2035-06-01;1/2;ORL;Sund;Ola;;\
Ola Sund;EN;2035-05-31;
02/01/2036;4;EU.4.1;;;;Date of listing: 7.8.2031;P;person;amendment;2035-05-31;2035-06-01;1/2;ORL;;;;Olga Sund;;;
02/01/2036;4;EU.4.1;;;;Date of listing: 7.8.2031;P;person;amendment;2035-05-31;2035-06-01;1/2;ORL;;;;;;;Karsk
02/01/2036;5;EU.5.1;;;;;E;enterprise;amendment;2035-05-31;2035-06-01;1/2;SND;;;;Quay Bank;EN;2033-02-01;
02/01/2036;6;EU.6.1;;2034-03-04;;;E;enterprise;amendment;2035-05-31;2035-06-01;1/2;SND;;;;Ferry Bank;EN;;
02/01/2036;7;EU.7.1;;;;;P;person;amendment;2035-05-31;;1/2;SND;;;;;EN;;
"""
)
OPENSANCTIONS = """\
"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails",\
"program_ids","dataset","first_seen","last_seen","last_change"
"NK-1","Person","Ann Lee","Anne Lee;Ann Li","","or","","","Sund Council - tolls","","","SND-1",\
"Sund Council Blacklist","2034-02-03T00:00:00","2036-01-05T10:00:00","2035-01-01T00:00:00"
"NK-2","Vessel","ORL STAR","","","","","","EU - freezing","","","","EU Consolidated List","2034-02-03","2036-01-06",""
"NK-3","Person","Mira Dohl","","","","","","","","","","Members of Parliament","2034-02-03","2036-01-05",""
"NK-4","Person","","","","","","","x","","","","x","2034-02-03","2036-01-05",""
"""
CLAIM_REVIEW = """\
{"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": "x"}, {"@type": ["ClaimReview"],
 "url": "https://checks.example/1", "datePublished": "2034-05-06T08:00:00Z", "inLanguage": "en",
 "claimReviewed": "The harbour of Karsk was closed for nine days after the storm in March",
 "author": {"@type": "Organization", "name": "Orlavia Checks"},
 "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ann Lee"}},
 "reviewRating": {"@type": "Rating", "ratingValue": 2, "bestRating": 5, "worstRating": 1,
  "alternateName": "Partly accurate"}}]}
"""
FEED = """\
{"@context": "http://schema.org", "@type": "DataFeed", "dataFeedElement": [
 {"@type": "DataFeedItem", "dateCreated": "2034-01-01", "item": [{"@type": "ClaimReview",
  "url": "https://checks.example/2", "datePublished": "2034-01-01", "claimReviewed": "Dockers were paid in salt",
  "author": {"name": "Sund Desk"}, "reviewRating": {"ratingValue": "1", "bestRating": "5", "worstRating": "1"}}]},
 {"@type": "DataFeedItem", "item": [{"@type": "ClaimReview", "claimReviewed": "", "author": {"name": "Sund Desk"}}]},
 {"@type": "DataFeedItem", "item": null}]}
"""
TOOLS = """\
{"claims": [{"text": "The council of Sund sold the ferry to a foreign bank", "claimant": "Mira Dohl",
 "claimDate": "2034-02-01T00:00:00Z", "claimReview": [
 {"publisher": {"name": "Sund Desk", "site": "desk.example"}, "url": "https://desk.example/3", "title": "On the ferry",
  "reviewDate": "2034-02-03T00:00:00Z", "textualRating": "No evidence found", "languageCode": "en"},
 {"publisher": {"site": "checks.example"}, "url": "https://checks.example/4", "textualRating": "Missing context"}]}],
 "nextPageToken": "x"}
"""


def file(name: str, content: str | bytes) -> File:
    raw = content.encode() if isinstance(content, str) else content
    return File(name, lambda: io.BytesIO(raw))


def tables(files: Mapping[str, str | bytes] | Sequence[File]) -> list[Table | SaysoError]:
    given = [file(name, content) for name, content in files.items()] if isinstance(files, Mapping) else list(files)
    return list(load(given))


def table(name: str, content: str | bytes) -> Table:
    (found,) = tables({name: content})
    assert isinstance(found, Table), found
    return found
